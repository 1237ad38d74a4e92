/** Sets of gains, as the warehouse's tables of calibration tell of them. */
package org.cornerturn.query.calibration;
