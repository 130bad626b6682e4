@NullMarked
package io.caisson.model.stream;

import org.jspecify.annotations.NullMarked;
