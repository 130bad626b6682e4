@NullMarked
package io.caisson.model.change;

import org.jspecify.annotations.NullMarked;
