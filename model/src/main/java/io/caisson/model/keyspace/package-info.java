/** Where the keys of a database lie. */
@NullMarked
package io.caisson.model.keyspace;

import org.jspecify.annotations.NullMarked;
