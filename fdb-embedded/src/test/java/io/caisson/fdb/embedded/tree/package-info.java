/** Tests of the B+ tree's layout. */
@NullMarked
package io.caisson.fdb.embedded.tree;

import org.jspecify.annotations.NullMarked;
