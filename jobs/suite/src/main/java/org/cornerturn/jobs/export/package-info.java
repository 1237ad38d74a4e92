/** {@code cornerturn export}: files in the forms of others, out of products. */
package org.cornerturn.jobs.export;
