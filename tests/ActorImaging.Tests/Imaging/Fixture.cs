namespace ActorImaging.Tests.Imaging;

/// <summary>Files that specs can't make themselves; tests/fixtures/make.sh says how they were.</summary>
internal static class Fixture
{
    /// <summary>The path of one.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    /// <summary>The bytes of one.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));
}
