/** Standing queries as they run: circuit, frontier, snapshots and subscribers. */
@NullMarked
package io.caisson.engine.view;

import org.jspecify.annotations.NullMarked;
