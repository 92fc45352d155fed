// Structure packing: nothing the glue depends on.
