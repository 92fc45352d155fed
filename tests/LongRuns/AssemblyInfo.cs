using Xunit;

// Live memory is measured here: nothing may run beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
