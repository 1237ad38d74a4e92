/** {@code cornerturn plot}: pictures of gains and flags. */
package org.cornerturn.jobs.plot;
