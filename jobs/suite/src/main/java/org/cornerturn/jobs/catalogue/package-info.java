/** Catalogues: tables in files and in the warehouse, brought into one form and given out. */
package org.cornerturn.jobs.catalogue;
