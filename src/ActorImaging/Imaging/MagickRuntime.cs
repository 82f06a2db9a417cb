using ImageMagick;
using ImageMagick.Configuration;

namespace ActorImaging.Imaging;

/// <summary>
/// ImageMagick's state that is the whole process's: its security policy and its resource limits. Written here, once, before the first
/// native call, and tested: a policy that is not in force means that nothing starts.
/// </summary>
public static class MagickRuntime
{
    // Allow-lists: what is not named is closed. Modules, since a list of coders refuses the aliases of what it allows. XC is a plain
    // colour, which making an image needs. AVIF and JPEG XL are written, and not read: their decoders are large and young.
    private const string Policy = """
        <policymap>
          <policy domain="module" rights="none" pattern="*" />
          <policy domain="module" rights="read | write" pattern="{GIF,JPEG,PNG,WEBP,TIFF,BMP,XC,HEIC,JXL}" />
          <policy domain="coder" rights="write" pattern="{HEIC,HEIF,AVIF,AVCI,JXL}" />
          <policy domain="coder" rights="none" pattern="{MNG,JNG,PTIF,TIFF64,GROUP4}" />
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
          <policy domain="resource" name="list-length" value="10000" />
        </policymap>
        """;

    private static readonly Lazy<bool> Initialized = new(Initialize);

    /// <summary>Puts the policy in force and tests it. Only the first call does something. Thread-safe.</summary>
    /// <exception cref="InvalidOperationException">
    /// The policy is not in force: another part of the program used ImageMagick before. Call this at the start of the program.
    /// </exception>
    public static void EnsureInitialized() => _ = Initialized.Value;

    private static bool Initialize()
    {
        // ImageMagick reads its configuration from a folder, at the first native call; after that the folder has served.
        var folder = Directory.CreateTempSubdirectory("actor-imaging-policy-");
        try
        {
            var files = ConfigurationFiles.Default;
            files.Policy.Data = Policy;
            MagickNET.Initialize(files, folder.FullName);
            PolicyTest.Run();
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
