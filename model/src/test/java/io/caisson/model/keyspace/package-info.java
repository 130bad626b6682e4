@NullMarked
package io.caisson.model.keyspace;

import org.jspecify.annotations.NullMarked;
