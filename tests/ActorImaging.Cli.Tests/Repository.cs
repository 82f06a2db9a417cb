namespace ActorImaging.Cli.Tests;

/// <summary>Where the checkout is.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>What the build made of a program of another folder, in the same configuration as these specs.</summary>
    public static string OutputOf(string folder, string program) =>
        Path.Combine(Root, folder, program, "bin", Path.GetRelativePath(ParentOfBin(), AppContext.BaseDirectory), $"{program}.dll");

    private static string ParentOfBin()
    {
        var folder = AppContext.BaseDirectory;
        while (Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) != "bin")
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        }

        return folder;
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ActorImaging.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
