/** UVH5, the visibility files of pyuvdata, versions 0.x to 1.2: read, understood, written. */
package org.cornerturn.uvh5;
