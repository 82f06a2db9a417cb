using ActorImaging.Imaging.Kernels;
using CsCheck;

namespace ActorImaging.Tests.Imaging.Kernels;

public class FixedPointWeightsSpecs
{
    private static readonly Gen<double[]> Weights = Gen.Double[0.01, 1].Array[1, 60].Select(
        weights => Array.ConvertAll(weights, weight => weight / weights.Sum()));

    [Fact]
    public void Should_add_up_to_one_exactly() => Weights.Sample(weights =>
    {
        var shift = FixedPointWeights.ShiftFor(weights, 21);
        Assert.Equal(1 << shift, FixedPointWeights.Quantize(weights, shift).Sum());
    });

    [Fact]
    public void Should_fit_sixteen_bits_and_stay_close() => Weights.Sample(weights =>
    {
        var shift = FixedPointWeights.ShiftFor(weights, 21);
        var integers = FixedPointWeights.Quantize(weights, shift);
        Assert.All(integers, integer => Assert.InRange(integer, short.MinValue, short.MaxValue));
        Assert.All(weights.Zip(integers), pair => Assert.InRange(pair.Second - Math.ScaleB(pair.First, shift), -1.5, 1.5));
    });
}
