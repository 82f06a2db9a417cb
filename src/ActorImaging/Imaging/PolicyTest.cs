using System.Text;
using ImageMagick;

namespace ActorImaging.Imaging;

/// <summary>Tries what the policy must refuse, and what it must let pass.</summary>
internal static class PolicyTest
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>""";

    /// <summary>Runs the test.</summary>
    /// <exception cref="InvalidOperationException">Something got through.</exception>
    public static void Run()
    {
        RequireRefused("SVG", () => Read(Svg, MagickFormat.Svg));
        RequireRefused("MSL", () => Read("<image><read filename=\"xc:red\"/></image>", MagickFormat.Msl));
        RequireRefused("MVG", () => Read("viewbox 0 0 1 1 fill red point 0,0", MagickFormat.Mvg));
        RequireRefused("text:", () => Read("text:x"));
        RequireRefused("label:@", () => Read("label:@x"));
        RequireRefused("https:", () => Read("https://localhost/x.png"), orNotEvenTried: true);
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

    private static InvalidOperationException NotInForce(string what, Exception? fault) => new(
        $"ImageMagick's security policy is not in force: {what} was not refused. Something used ImageMagick before ActorImaging; call MagickRuntime.EnsureInitialized() at the start of the program.",
        fault);

    private static MagickImage Read(string content, MagickFormat format) =>
        new(Encoding.UTF8.GetBytes(content), new MagickReadSettings { Format = format });

    private static MagickImage Read(string name) => new(name);
}
