/** Where the changes of a call of the API go: each into a transaction of its own, or into one. */
@NullMarked
package io.caisson.engine.scope;

import org.jspecify.annotations.NullMarked;
