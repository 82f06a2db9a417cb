using System.Text;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>Tries each door that the policy must keep closed, and those that it must leave open.</summary>
internal static class PolicyTest
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>""";
    private const uint ProbeSide = 512;

    /// <summary>Runs the test.</summary>
    /// <exception cref="UnsafeMagickException">Something got through.</exception>
    public static void Run()
    {
        RequireRefused("SVG", () => Read(Svg, MagickFormat.Svg));
        RequireRefused("MSL", () => Read("<image><read filename=\"xc:red\"/></image>", MagickFormat.Msl));
        RequireRefused("MVG", () => Read("viewbox 0 0 1 1 fill red point 0,0", MagickFormat.Mvg));
        RequireRefused("PDF", () => Read("%PDF-1.4\n", MagickFormat.Pdf));
        RequireRefused("PostScript", () => Read("%!PS-Adobe-3.0\n", MagickFormat.Ps));
        RequireRefused("EPS", () => Read("%!PS-Adobe-3.0 EPSF-3.0\n", MagickFormat.Eps));
        RequireRefused("PSD", () => Read("8BPS\0\u0001", MagickFormat.Psd));
        RequireRefused("text:", () => Read("text:x"));
        RequireRefused("label:@", () => Read("label:@x"));
        RequireRefused("caption:", () => Read("caption:x"));
        RequireRefused("https:", () => Read("https://localhost/x.png"), orNotEvenTried: true);
        RequireRefused("the delegate man:", () => Read("man:x"), orNotEvenTried: true);
        RequireNoPixelsOnDisk();
        using var plain = new MagickImage(MagickColors.Red, 1, 1);
        plain.ToByteArray(MagickFormat.Png);
    }

    /// <summary>Any other failure than a refusal would mean that ImageMagick had set about it.</summary>
    /// <param name="what">What is tried.</param>
    /// <param name="read">Tries it.</param>
    /// <param name="orNotEvenTried">Whether it may be taken for the name of a file that does not exist, as a build without the coder does.</param>
    private static void RequireRefused(string what, Func<MagickImage> read, bool orNotEvenTried = false)
    {
        try
        {
            read().Dispose();
        }
        catch (Exception fault) when (fault is MagickPolicyErrorException or MagickMissingDelegateErrorException)
        {
            return; // refused, or its coder was refused before and is not there any more
        }
        catch (MagickBlobErrorException fault) when (orNotEvenTried && fault.Message.Contains("No such file", StringComparison.Ordinal))
        {
            return;
        }
        catch (MagickException fault)
        {
            throw NotInForce(what, fault);
        }

        throw NotInForce(what, null);
    }

    /// <summary>What memory has no room for must fail, and not go through files.</summary>
    private static void RequireNoPixelsOnDisk()
    {
        var memory = ResourceLimits.Memory;
        ResourceLimits.Memory = 1;
        try
        {
            using var image = new MagickImage(MagickColors.Red, ProbeSide, ProbeSide);
        }
        catch (Exception fault) when (fault is MagickCacheErrorException or MagickResourceLimitErrorException)
        {
            return;
        }
        finally
        {
            ResourceLimits.Memory = memory;
        }

        throw NotInForce("an image larger than memory", null);
    }

    private static UnsafeMagickException NotInForce(string what, Exception? fault) => new(
        $"ImageMagick's security policy is not in force: {what} was not refused. Either something used ImageMagick before ActorImaging (MagickRuntime.EnsureInitialized() at the start of the program is before), or a configuration of this machine opens it.",
        fault);

    private static MagickImage Read(string content, MagickFormat format) =>
        new(Encoding.Latin1.GetBytes(content), new MagickReadSettings { Format = format });

    private static MagickImage Read(string name) => new(name);
}
