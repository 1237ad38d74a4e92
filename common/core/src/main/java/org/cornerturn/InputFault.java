package org.cornerturn;

/**
 * Marks exceptions whose cause lies in the input's bytes (damaged, unsupported), so that trying
 * again is useless and the run goes on without that input.
 */
public interface InputFault {}
