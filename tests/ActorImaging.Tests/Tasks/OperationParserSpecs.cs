using ActorImaging.Tasks;
using CsCheck;

namespace ActorImaging.Tests.Tasks;

public sealed class OperationParserSpecs
{
    private static readonly Gen<ImageOperation> AnyOperation = Gen.OneOf<ImageOperation>(
        Gen.Select(Gen.Int[1, 65_535], Gen.Int[1, 65_535], (width, height) => (ImageOperation)new ResizeOperation(width, height)),
        Gen.Double[0.01, 1000].Select(sigma => (ImageOperation)new BlurOperation(sigma)),
        Gen.Int[0, 3].Select(which => new ImageOperation[] { new GrayscaleOperation(), new FlipOperation(), new FlopOperation(), new AutoOrientOperation() }[which]),
        Gen.Select(Gen.Int[1, 65_535], Gen.Int[1, 65_535], Gen.Enum<ResizeFit>(), Gen.Bool, (width, height, fit, upscale) => (ImageOperation)new ResizeOperation(width, height, fit, upscale)),
        Gen.Select(Gen.Int[1, 65_535], Gen.Bool, Gen.Bool, (side, isWidth, upscale) => (ImageOperation)new ResizeOperation(isWidth ? side : null, isWidth ? null : side, isUpscaleAllowed: upscale)),
        Gen.Select(Gen.Double[0.01, 1000], Gen.Bool, (percent, upscale) => (ImageOperation)new ResizeOperation(percent, upscale)),
        Gen.Select(Gen.Int[1, 65_535], Gen.Int[1, 65_535], Gen.Enum<Gravity>(), (width, height, gravity) => (ImageOperation)new CropOperation(width, height, gravity)),
        Gen.Select(Gen.Int[1, 65_535], Gen.Int[1, 65_535], Gen.Int[0, 65_535], Gen.Int[0, 65_535], (width, height, left, top) => (ImageOperation)new CropOperation(width, height, left, top)),
        Gen.Double[0.01, 100].Select(sigma => (ImageOperation)new SharpenOperation(sigma)),
        Gen.Double[-360, 360].Select(angle => (ImageOperation)new RotateOperation(angle)),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, (red, green, blue) => (ImageOperation)new TintOperation(new RgbColor(red, green, blue))));

    [Fact]
    public void Should_read_back_what_an_operation_writes() =>
        AnyOperation.Sample(operation => OperationParser.Parse(operation.ToString()) == operation);

    [Fact]
    public void Should_read_back_a_list() => AnyOperation.List[1, 5].Sample(operations =>
        OperationParser.ParseList(string.Join('+', operations)).SequenceEqual(operations));

    [Theory]
    [InlineData("resize:800x600")]
    [InlineData("resize:800x")]
    [InlineData("resize:x600")]
    [InlineData("resize:12.5%")]
    [InlineData("resize:800x600@inside@no-upscale")]
    [InlineData("resize:50%@no-upscale")]
    [InlineData("crop:80x60")]
    [InlineData("crop:80x60@southwest")]
    [InlineData("crop:80x60@10:20")]
    [InlineData("flip")]
    [InlineData("flop")]
    [InlineData("auto-orient")]
    [InlineData("blur:5")]
    [InlineData("blur:0.5")]
    [InlineData("grayscale")]
    [InlineData("sharpen")]
    [InlineData("sharpen:2.5")]
    [InlineData("rotate:90")]
    [InlineData("rotate:-12.5")]
    [InlineData("tint:#ff6432")]
    public void Should_write_back_what_it_reads(string text) => Assert.Equal(text, OperationParser.Parse(text).ToString());

    [Theory]
    [InlineData("resize:800by600", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800by600'")]
    [InlineData("resize:0x600", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '0x600'")]
    [InlineData("resize", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received ''")]
    [InlineData("resize:99999999999x1", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '99999999999x1'")]
    [InlineData("resize:x", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received 'x'")]
    [InlineData("resize:800x@cover", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800x@cover'")]
    [InlineData("resize:50%@inside", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '50%@inside'")]
    [InlineData("resize:800x600@no-upscale@inside", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800x600@no-upscale@inside'")]
    [InlineData("resize:800x600@", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800x600@'")]
    [InlineData("resize:0%", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '0%'")]
    [InlineData("resize:800", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800'")]
    [InlineData("resize:800x600@Inside", "resize: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale, but received '800x600@Inside'")]
    [InlineData("crop:80", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '80'")]
    [InlineData("crop:0x5", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '0x5'")]
    [InlineData("crop:80x60@up", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '80x60@up'")]
    [InlineData("crop:80x60@1:2:3", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '80x60@1:2:3'")]
    [InlineData("crop:80x60@-1:2", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '80x60@-1:2'")]
    [InlineData("crop:80x60@north@north", "crop: expected WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left, but received '80x60@north@north'")]
    [InlineData("blur:soft", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received 'soft'")]
    [InlineData("blur:0", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received '0'")]
    [InlineData("blur:NaN", "blur: expected SIGMA in pixels, above 0 and at most 1000, such as 5, but received 'NaN'")]
    [InlineData("grayscale:9", "grayscale: expected no parameter, but received '9'")]
    [InlineData("sharpen:-1", "sharpen: expected SIGMA in pixels, above 0 and at most 100, such as 1, or nothing for 1, but received '-1'")]
    [InlineData("rotate:half", "rotate: expected ANGLE in degrees clockwise, from -360 to 360, such as 90, but received 'half'")]
    [InlineData("rotate:361", "rotate: expected ANGLE in degrees clockwise, from -360 to 360, such as 90, but received '361'")]
    [InlineData("tint:red", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received 'red'")]
    [InlineData("tint:#ff643", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received '#ff643'")]
    [InlineData("tint:#+f6432", "tint: expected #RRGGBB in hexadecimal, such as #ff6432, but received '#+f6432'")]
    [InlineData("twist:3", "operation: expected one of resize, blur, grayscale, sharpen, rotate, tint, crop, flip, flop, auto-orient, but received 'twist'")]
    [InlineData("", "operation: expected one of resize, blur, grayscale, sharpen, rotate, tint, crop, flip, flop, auto-orient, but received ''")]
    public void Should_say_what_was_expected_and_what_came(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidImageOperationException>(() => OperationParser.Parse(text)).Message);

    [Fact]
    public void Should_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            var commas = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            Thread.CurrentThread.CurrentCulture = commas;

            Assert.Equal("blur:0.5", OperationParser.Parse("blur:0.5").ToString());
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
