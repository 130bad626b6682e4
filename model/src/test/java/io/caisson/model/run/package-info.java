@NullMarked
package io.caisson.model.run;

import org.jspecify.annotations.NullMarked;
