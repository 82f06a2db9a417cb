using ImageMagick;
using ImageMagick.Configuration;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// ImageMagick's state that is the whole process's: its security policy and its resource limits. Written here, once, before the first
/// native call, and tested: a policy that is not in force means that nothing starts.
/// </summary>
public static class MagickRuntime
{
    // Allow-lists: what is not named is closed. Modules, since a list of coders refuses the aliases of what it allows. XC is a plain
    // colour, which making an image needs. PSD is closed by its coder, too: TIFF reaches it without asking for its module.
    private const string Policy = """
        <policymap>
          <policy domain="module" rights="none" pattern="*" />
          <policy domain="module" rights="read | write" pattern="{GIF,JPEG,PNG,WEBP,TIFF,BMP,XC,HEIC,JXL}" />
          <policy domain="coder" rights="none" pattern="{MNG,JNG,PTIF,TIFF64,GROUP4,PSD,PSB}" />
          <policy domain="delegate" rights="none" pattern="*" />
          <policy domain="filter" rights="none" pattern="*" />
          <policy domain="path" rights="none" pattern="@*" />
          <policy domain="path" rights="none" pattern="|*" />
          <policy domain="path" rights="none" pattern="-" />
          <policy domain="path" rights="none" pattern="[Ff][Dd]:*" />
          <policy domain="system" name="symlink" rights="none" pattern="follow" />
          <policy domain="resource" name="disk" value="0" />
          <policy domain="resource" name="map" value="0" />
          <policy domain="resource" name="thread" value="1" />
          <policy domain="resource" name="list-length" value="10001" />
        </policymap>
        """;

    private const string ConfigurePath = "MAGICK_CONFIGURE_PATH";

    private static readonly Lazy<bool> Initialized = new(Initialize);
    private static readonly Lock Guard = new();
    private static bool _areRaised;

    /// <summary>Puts the policy in force and tests it. Only the first call does something. Thread-safe.</summary>
    /// <exception cref="InvalidOperationException">
    /// The policy is not in force: another part of the program used ImageMagick before, or somebody else's configuration would be read beside it. Call
    /// this at the start of the program. Or the folder for temporary files can't be written to.
    /// </exception>
    public static void EnsureInitialized() => _ = Initialized.Value;

    /// <summary>
    /// Has ImageMagick itself refuse what is larger than sources and results may be: a second line behind the checks of headers, for what a decoder makes of
    /// a file that lies. They are the whole process's, and count for the most generous of its engines. Thread-safe.
    /// </summary>
    /// <param name="limits">What an engine allows.</param>
    internal static void RaiseLimits(ImageLimits limits)
    {
        // an image that is turned on its corner is longer than its sides
        var most = (ulong)(1.5 * Math.Max(Math.Max(limits.WidthPixels, limits.HeightPixels), Tasks.ResizeOperation.MaxSidePixels));
        var pixels = (ulong)Math.Max(limits.Pixels, limits.OutputPixels);
        lock (Guard)
        {
            (ResourceLimits.Width, ResourceLimits.Height) = (Raised(ResourceLimits.Width, most), Raised(ResourceLimits.Height, most));
            ResourceLimits.Area = Raised(ResourceLimits.Area, pixels + 1); // what is as large as this is refused
            ResourceLimits.Memory = (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            ResourceLimits.MaxProfileSize = Raised(ResourceLimits.MaxProfileSize, (ulong)limits.MetadataBytes);
            _areRaised = true;
        }
    }

    /// <summary>The larger one, but for what ImageMagick has of its own accord.</summary>
    private static ulong Raised(ulong current, ulong wanted) => _areRaised ? Math.Max(current, wanted) : wanted;

    private static bool Initialize()
    {
        // ImageMagick reads its configuration from a folder, at the first native call; after that the folder has served.
        var folder = TemporaryFiles.MakeFolder("actor-imaging-policy-");
        try
        {
            ForeignConfiguration.RequireNone();
            var files = ConfigurationFiles.Default;
            files.Policy.Data = Policy;
            MagickNET.Initialize(files, folder.FullName);
            MagickTemporaryFolder.Use();
            PolicyTest.Run();
            ForeignConfiguration.RequireNone(); // nor did any come up while it was read

            // The folder's name is anybody's once it is gone: what is looked up later is looked up where only the system's owner writes
            MagickNET.SetEnvironmentVariable(ConfigurePath, OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/");
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
