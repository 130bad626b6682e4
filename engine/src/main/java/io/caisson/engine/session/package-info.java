/** Sessions and the statements they run. */
@NullMarked
package io.caisson.engine.session;

import org.jspecify.annotations.NullMarked;
