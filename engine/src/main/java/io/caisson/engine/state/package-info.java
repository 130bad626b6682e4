/** What a view keeps in the store: runs of blocks and the manifest that makes them current. */
@NullMarked
package io.caisson.engine.state;

import org.jspecify.annotations.NullMarked;
