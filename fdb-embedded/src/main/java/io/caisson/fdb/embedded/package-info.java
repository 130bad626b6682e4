/**
 * The FoundationDB Java API on one file: {@link io.caisson.fdb.embedded.EmbeddedDatabase#open}
 * gives a {@link com.apple.foundationdb.Database} that needs no server and no native FoundationDB
 * library.
 */
@NullMarked
package io.caisson.fdb.embedded;

import org.jspecify.annotations.NullMarked;
