@NullMarked
package io.caisson.model.record;

import org.jspecify.annotations.NullMarked;
