/**
 * What commands share that add arrays to a measurement set: finding the set, planning the branch
 * ({@link org.cornerturn.spark.ProductPlan#branch}), writing its objects, publishing it as a data
 * group.
 */
package org.cornerturn.jobs.datagroup;
