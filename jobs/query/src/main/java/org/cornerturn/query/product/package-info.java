/** Products and runs, as the warehouse's tables tell of them. */
package org.cornerturn.query.product;
