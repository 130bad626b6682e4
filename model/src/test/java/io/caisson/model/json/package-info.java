@NullMarked
package io.caisson.model.json;

import org.jspecify.annotations.NullMarked;
