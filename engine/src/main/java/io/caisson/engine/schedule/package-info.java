/** The thread that keeps all views of a database up to date. */
@NullMarked
package io.caisson.engine.schedule;

import org.jspecify.annotations.NullMarked;
