/**
 * Antennas' gains from visibilities and a model, and their application.
 *
 * <p>V_pq = J_p M_pq J_q^H with p the baseline's first antenna, q its second; J is diagonal, (g of
 * each receptor), or full.
 */
package org.cornerturn.calibration;
