using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Whether an output that is there is replaced.</summary>
internal sealed class OutputReplacement(OverwritePolicy policy, string sourcePath, string outputPath)
{
    /// <summary>That of a task; what is no file is taken for newer than any.</summary>
    public static OutputReplacement Of(ImageTask task) => new(
        task is { Content: not null, Output.Overwrite: OverwritePolicy.Newer } ? OverwritePolicy.Always : task.Output.Overwrite, task.SourcePath, task.OutputPath);

    /// <summary>Whether nothing that is there is ever replaced, also what comes up meanwhile.</summary>
    public bool IsForbidden => policy == OverwritePolicy.Never;

    /// <summary>Whether it is plain before any work that the output will not be replaced.</summary>
    public bool IsPointless() => policy switch
    {
        OverwritePolicy.Never => File.Exists(outputPath),
        OverwritePolicy.Newer => File.Exists(outputPath)
            && SourceFile.Find(sourcePath).LastWriteTimeUtc <= File.GetLastWriteTimeUtc(outputPath),
        _ => false,
    };

    /// <summary>Whether a new output of so many bytes replaces what is there now.</summary>
    public bool MayReplace(long newBytes) => policy switch
    {
        OverwritePolicy.Never => !File.Exists(outputPath),
        OverwritePolicy.Smaller => !File.Exists(outputPath) || newBytes < new FileInfo(outputPath).Length,
        _ => true,
    };
}
