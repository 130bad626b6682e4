/** Tests of the window of the last commits. */
@NullMarked
package io.caisson.fdb.embedded.history;

import org.jspecify.annotations.NullMarked;
