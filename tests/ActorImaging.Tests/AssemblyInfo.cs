// Each spec class starts an actor system of its own; many at once starve a machine with few cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: System.Runtime.InteropServices.ComVisible(false)]
[assembly: CLSCompliant(false)]
