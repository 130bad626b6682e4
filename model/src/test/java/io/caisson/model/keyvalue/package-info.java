@NullMarked
package io.caisson.model.keyvalue;

import org.jspecify.annotations.NullMarked;
