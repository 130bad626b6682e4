@NullMarked
package io.caisson.model.codec;

import org.jspecify.annotations.NullMarked;
