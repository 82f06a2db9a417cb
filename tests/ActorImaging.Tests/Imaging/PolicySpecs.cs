using System.Text;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging;

/// <summary>What ImageMagick may read, as a stranger's file would try it.</summary>
public sealed class PolicySpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>")]
    [InlineData("<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/></image>")]
    [InlineData("push graphic-context viewbox 0 0 9 9 image over 0,0 0,0 'https://localhost/x.png' pop graphic-context")]
    [InlineData("%!PS-Adobe-3.0\nshowpage")]
    [InlineData("%PDF-1.4\n1 0 obj")]
    [InlineData("id=ImageMagick version=1.0\nclass=DirectClass\ncolumns=1 rows=1\n\f\n:\u001a")]
    [InlineData("P6 1 1 255 abc")]
    public void Should_refuse_by_content_whatever_the_name_says(string content)
    {
        var source = _folder.File("photo.png");
        File.WriteAllBytes(source, Encoding.Latin1.GetBytes(content));

        var task = new ImageTask(new TaskId(1), source, [], _folder.File("out.png"));
        var pipeline = new ImageTaskPipeline(
            TestEngine.Magick(), new SourceLeases(), new ImageLimits());
        var failure = FailureClassifier.Classify(Assert.ThrowsAny<Exception>(() => pipeline.Process(task)), task);

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.False(File.Exists(task.OutputPath));
    }

    [Theory]
    [InlineData("label:@/etc/passwd")]
    [InlineData("text:/etc/passwd")]
    [InlineData("caption:hello")]
    [InlineData("inline:data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("mpr:x")]
    [InlineData("gradient:red-blue")]
    public void Should_refuse_what_names_can_mean(string name) => Assert.ThrowsAny<MagickException>(() => new MagickImage(name));

    /// <summary>One probe for each door; a door that is opened again makes the program refuse to start.</summary>
    [Theory]
    [InlineData(MagickFormat.Svg)]
    [InlineData(MagickFormat.Msl)]
    [InlineData(MagickFormat.Mvg)]
    [InlineData(MagickFormat.Pdf)]
    [InlineData(MagickFormat.Ps)]
    [InlineData(MagickFormat.Eps)]
    [InlineData(MagickFormat.Psd)]
    [InlineData(MagickFormat.Psb)]
    [InlineData(MagickFormat.Mng)]
    [InlineData(MagickFormat.Jng)]
    [InlineData(MagickFormat.Ico)]
    [InlineData(MagickFormat.Tga)]
    [InlineData(MagickFormat.Miff)]
    [InlineData(MagickFormat.Xcf)]
    [InlineData(MagickFormat.Dcm)]
    [InlineData(MagickFormat.Jp2)]
    [InlineData(MagickFormat.Html)]
    [InlineData(MagickFormat.Https)]
    [InlineData(MagickFormat.Mp4)]
    public void Should_keep_every_other_format_closed(MagickFormat format)
    {
        _ = TestEngine.Magick();

        Assert.ThrowsAny<MagickException>(() => new MagickImage(Encoding.Latin1.GetBytes("%PDF-1.4\n8BPS%!PS <svg/>"), new MagickReadSettings { Format = format }));
        using var image = new MagickImage(MagickColors.Red, 1, 1);
        Assert.ThrowsAny<MagickException>(() => image.ToByteArray(format));
    }

    [Fact]
    public void Should_know_every_folder_that_the_native_library_looks_into()
    {
        var library = Encoding.Latin1.GetString(File.ReadAllBytes(Directory.EnumerateFiles(AppContext.BaseDirectory, "Magick.Native-Q8-x64.dll.so", SearchOption.AllDirectories).First()));

        var folders = System.Text.RegularExpressions.Regex.Matches(library, @"(?<![\x20-\x7e])/[\x20-\x7e]*ImageMagick[\x20-\x7e]*").Select(match => match.Value).ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.StartsWith(ForeignConfiguration.Prefix + "/", folder, StringComparison.Ordinal));
        Assert.Contains(ForeignConfiguration.Prefix, ForeignConfiguration.Folders());
    }

    [Theory]
    [InlineData(MagickFormat.Avif)]
    [InlineData(MagickFormat.Jxl)]
    public void Should_write_and_read(MagickFormat format)
    {
        using var image = new MagickImage(MagickColors.Red, 16, 16);

        using var read = new MagickImage(image.ToByteArray(format), new MagickReadSettings { Format = format });

        Assert.Equal((16u, 16u), (read.Width, read.Height));
    }
}
