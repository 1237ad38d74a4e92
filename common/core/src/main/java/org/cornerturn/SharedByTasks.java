package org.cornerturn;

import java.io.Serializable;

/**
 * Marks immutable values of which many tasks of a plan hold the same instance: they travel to each
 * executor once, not with every task.
 */
public interface SharedByTasks extends Serializable {}
