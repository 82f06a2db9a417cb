namespace ActorImaging.Cli.Tests;

/// <summary>Where the checkout is.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ActorImaging.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
