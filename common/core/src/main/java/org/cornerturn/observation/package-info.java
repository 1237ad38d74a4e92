/**
 * Which files of a correlator belong to one observation, told from their headers alone. The answer
 * depends on the files, never on the order in which they are given.
 */
package org.cornerturn.observation;
