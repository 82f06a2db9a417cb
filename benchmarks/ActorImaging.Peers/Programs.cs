namespace ActorImaging.Peers;

/// <summary>The programs that are compared.</summary>
internal static class Programs
{
    private static readonly string[] Everything = [Workload.Experiment, Workload.Photographs, Workload.Responsive, Workload.Icons, Workload.One];
    private static readonly string[] Batches = [Workload.Experiment, Workload.Photographs, Workload.Responsive, Workload.Icons];

    /// <summary>All of them; ours is the first.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("**ActorImaging**", "actor-imaging", Everything),
        new("ActorImaging, one actor", "actor-imaging", Batches) { Options = "--processors 1" },
        new("ActorImaging, engine magick", "actor-imaging", Workload.Experiment) { Options = "--set actor-imaging.engine=magick" },
        new("The article's program, single thread", "sharp", Workload.Experiment) { Options = "article single" },
        new("The article's program, worker threads", "sharp", Workload.Experiment) { Options = "article threads" },
        new("sharp, a task after the other", "sharp", Workload.One) { Options = "article single" },
        new("sharp in a Piscina pool", "sharp", Batches) { Options = "piscina" },
        new("sharp, tuned", "sharp", Batches) { Options = "tuned", Environment = "UV_THREADPOOL_SIZE=$CORES" },
        new("sharp, tuned, the smaller widths from the widest", "sharp", Workload.Responsive) { Options = "tuned once", Environment = "UV_THREADPOOL_SIZE=$CORES" },
        new("Magick.NET, Parallel.ForEachAsync", "magick-net", Everything),
        new("ImageMagick's mogrify under GNU parallel", "imagemagick", Workload.Experiment, Workload.Photographs, Workload.Icons, Workload.One),
        new("ImageMagick's convert with the size hint for JPEG, the same", "imagemagick", Workload.Photographs) { Options = "hint" },
        new("ImageMagick's convert with the size hint for JPEG, decoding once, the same", "imagemagick", Workload.Responsive),
        new("GraphicsMagick's mogrify under GNU parallel", "graphicsmagick", Everything) { Lacks = "tint" },
        new("libvips' command line under GNU parallel", "libvips", Everything),
    ];
}
