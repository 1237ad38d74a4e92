/** Delta tables of the warehouse: what there is, and rows of it. */
package org.cornerturn.query.table;
