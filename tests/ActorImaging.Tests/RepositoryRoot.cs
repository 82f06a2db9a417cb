namespace ActorImaging.Tests;

/// <summary>Where the checkout is.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder with the solution in it.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "ActorImaging.sln")) ? folder : Find(System.IO.Path.GetDirectoryName(folder)!);
}
