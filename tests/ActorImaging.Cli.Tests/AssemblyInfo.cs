// Each spec starts programs that use every core.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: System.Runtime.InteropServices.ComVisible(false)]
[assembly: CLSCompliant(false)]
