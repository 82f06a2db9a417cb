using System.Diagnostics;

namespace ActorImaging.Cli.Tests;

/// <summary>
/// Configuration that others left where ImageMagick would read it, tried in a mount namespace of its own with an empty /tmp. Only where the kernel lets
/// users make one.
/// </summary>
public sealed class ForeignConfigurationSpecs : IDisposable
{
    private const string Open = """
        <policymap><policy domain="module" rights="all" pattern="*"/><policy domain="coder" rights="all" pattern="*"/><policy domain="delegate" rights="all" pattern="*"/></policymap>
        """;

    /// <summary>An empty /tmp, in which the program and the folder of the spec are where they were.</summary>
    private const string Enter = """
        exec 8<"$1" 9<"$2" && mount -t tmpfs none /tmp && mkdir -p "$1" "$2" && mount -c --bind /proc/self/fd/8 "$1" && mount -c --bind /proc/self/fd/9 "$2" && cd "$2" || exit 99
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/tmp/ImageMagick/etc/ImageMagick-7", "")]
    [InlineData("/tmp/ImageMagick/share/ImageMagick-7", "")]
    [InlineData("/tmp/ImageMagick/lib/ImageMagick-7.1.2/config-Q8", "")]
    [InlineData("/tmp/home/.config/ImageMagick", "HOME=/tmp/home")]
    [InlineData("/tmp/xdg/ImageMagick", "XDG_CONFIG_HOME=/tmp/xdg")]
    [InlineData("/tmp/magick", "MAGICK_HOME=/tmp/magick")]
    public async Task Should_not_start_while_a_policy_of_somebody_else_would_be_read(string folder, string variable)
    {
        if (await RunAsync($"""mkdir -p {folder} && echo '{Open}' > {folder}/policy.xml && chmod 666 {folder}/policy.xml && export X=1 {variable}""") is not { } run)
        {
            return;
        }

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: ImageMagick would read '{folder}/policy.xml' after our security policy, and somebody else than root can write there", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Should_not_start_while_a_folder_can_be_read_that_it_cannot_list()
    {
        if (await RunAsync(
            $"""mkdir -p /tmp/ImageMagick/etc && echo '{Open}' > /tmp/ImageMagick/etc/policy.xml && chmod 333 /tmp/ImageMagick/etc""",
            drop: "setpriv --bounding-set=-dac_override,-dac_read_search") is not { } run)
        {
            return;
        }

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ImageMagick would read '/tmp/ImageMagick", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What root put there is the system's; but what it opens, is seen by trying.</summary>
    [Fact]
    public async Task Should_not_start_while_a_policy_of_root_opens_what_must_be_closed()
    {
        if (await RunAsync($"""mkdir -p /tmp/ImageMagick/etc/ImageMagick-7 && echo '{Open}' > /tmp/ImageMagick/etc/ImageMagick-7/policy.xml && chmod 644 /tmp/ImageMagick/etc/ImageMagick-7/policy.xml""") is not { } run)
        {
            return;
        }

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("^error: ImageMagick's security policy is not in force: [A-Za-z: ]+ was not refused", run.Error);
    }

    [Fact]
    public async Task Should_start_where_a_configuration_of_root_opens_nothing()
    {
        if (await RunAsync("mkdir -p /tmp/ImageMagick/etc/ImageMagick-7 && echo '<policymap/>' > /tmp/ImageMagick/etc/ImageMagick-7/policy.xml") is not { } run)
        {
            return;
        }

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }

    /// <summary>Runs the program behind what a stranger did; null where there can't be a namespace.</summary>
    private async Task<CliRun?> RunAsync(string stranger, string drop = "")
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Picture.Write(_folder.File("in.png"));
        var script = $"""{Enter}; {stranger} || exit 99; {drop} dotnet exec "$1/actor-imaging.dll" process in.png --out out --quiet""";
        using var program = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", script, "sh", AppContext.BaseDirectory, _folder.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        return program.ExitCode is 99 || (program.ExitCode == 1 && (await error).StartsWith("unshare:", StringComparison.Ordinal))
            ? null
            : new CliRun(program.ExitCode, await output, await error);
    }
}
