using ActorImaging.Cli.Inputs;

namespace ActorImaging.Cli.Tests.Inputs;

public sealed class GlobPatternSpecs
{
    [Theory]
    [InlineData("*.png", "a.png")]
    [InlineData("a?.png", "ab.png")]
    [InlineData("[ab]*.png", "b1.png")]
    [InlineData("[!ab]*.png", "c.png")]
    [InlineData("[a-c].png", "b.png")]
    [InlineData("[]].png", "].png")]
    [InlineData("*.{jpg,png}", "a.png")]
    [InlineData("{one,two{3,4}}.png", "two4.png")]
    [InlineData("**/*.png", "a.png")]
    [InlineData("**/*.png", "deep/er/a.png")]
    [InlineData("*/b/*.png", "a/b/c.png")]
    [InlineData("**", "deep/er/a.png")]
    [InlineData("a+(1).p*", "a+(1).png")]
    [InlineData(@"\*x?.png", "*xy.png")]
    [InlineData("[.png", "[.png")]
    [InlineData("{a.png", "{a.png")]
    [InlineData("*", "line\nend.png")]
    [InlineData("[{]x}*", "{x}.png")]
    [InlineData("{a[}]*", "{a}.png")]
    [InlineData(@"\{a,b\}*", "{a,b}.png")]
    [InlineData("{a{b,c}*", "{ac.png")]
    [InlineData(@"[\d-f^]*", @"\.png")]
    [InlineData("[a-]*", "-.png")]
    [InlineData("[z-ab]*", "b.png")]
    public void Should_match(string pattern, string name) => Assert.True(new GlobPattern(pattern).Matches(name));

    [Theory]
    [InlineData("*.png", "deep/a.png")]
    [InlineData("a?.png", "a.png")]
    [InlineData("a?.png", "a/.png")]
    [InlineData("[!ab]*.png", "a.png")]
    [InlineData("*.{jpg,png}", "a.gif")]
    [InlineData("*.png", "a.png.txt")]
    [InlineData("*.png", "a.png\n")]
    [InlineData("*/*.png", "a/b/c.png")]
    [InlineData("[a].png", "axpng")]
    [InlineData("a[!b]c*", "a/c.png")]
    [InlineData("a[.-0]c*", "a/c.png")]
    [InlineData("[z-a]*", "b.png")]
    [InlineData(@"[\d]*", "5.png")]
    public void Should_not_match(string pattern, string name) => Assert.False(new GlobPattern(pattern).Matches(name));

    [Theory]
    [InlineData("photos/**/*.png", "photos", true)]
    [InlineData("photos/*.png", "photos", false)]
    [InlineData("*.png", ".", false)]
    [InlineData("/*.png", "/", false)]
    [InlineData("a/b*/c.png", "a", true)]
    public void Should_keep_the_folder_before_the_pattern(string pattern, string folder, bool isRecursive)
    {
        var glob = new GlobPattern(pattern);

        Assert.Equal((folder, isRecursive), (glob.Folder, glob.IsRecursive));
    }
}
