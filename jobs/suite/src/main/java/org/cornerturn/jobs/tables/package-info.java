/** {@code cornerturn tables}: upkeep of the warehouse's tables. */
package org.cornerturn.jobs.tables;
