/** Reports as HTML of one file each: no script, nothing from elsewhere, every text escaped. */
package org.cornerturn.report;
