using System;
using System.Linq;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>
/// What differs between kernels, compiled against stand-ins that declare what each version declares: those that no test bed boots, too.
/// </summary>
public class KernelVersionTests
{
    private const string Version = """
        #pragma once
        #define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))
        """;

    private const string BlockDevice = """
        #pragma once
        #include <linux/version.h>
        #define NULL ((void *)0)
        typedef unsigned int dev_t;
        typedef unsigned int fmode_t;
        typedef unsigned int blk_mode_t;
        struct block_device;
        struct blk_holder_ops;
        struct file;
        #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
        #define FMODE_READ ((fmode_t)1)
        struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder);
        void blkdev_put(struct block_device *bdev, fmode_t mode);
        #else
        #define BLK_OPEN_READ ((blk_mode_t)1)
        #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
        struct block_device *blkdev_get_by_dev(dev_t dev, blk_mode_t mode, void *holder, const struct blk_holder_ops *ops);
        void blkdev_put(struct block_device *bdev, void *holder);
        #elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
        struct bdev_handle { struct block_device *bdev; };
        struct bdev_handle *bdev_open_by_dev(dev_t dev, blk_mode_t mode, void *holder, const struct blk_holder_ops *ops);
        void bdev_release(struct bdev_handle *handle);
        #else
        struct file *bdev_file_open_by_dev(dev_t dev, blk_mode_t mode, void *holder, const struct blk_holder_ops *ops);
        struct block_device *file_bdev(struct file *file);
        void fput(struct file *file);
        #endif
        #endif
        """;

    private const string Memory = """
        #pragma once
        #include <linux/version.h>
        typedef unsigned long vm_flags_t;
        #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
        struct vm_area_struct { unsigned long vm_flags; };
        #else
        struct vm_area_struct { const vm_flags_t vm_flags; };
        void vm_flags_mod(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear);
        #endif
        """;

    private const string Class = """
        #pragma once
        #include <linux/version.h>
        struct device;
        struct class_interface {
        #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
        	void (*remove_dev)(struct device *dev, struct class_interface *interface);
        #else
        	void (*remove_dev)(struct device *dev);
        #endif
        };
        """;

    private const string Use = """
        #include "kml_block_compat.h"
        #include "kml_compat.h"
        static void removed(KML_INTERFACE_ARGS(gone)) { (void)gone; }
        struct class_interface observer = { .remove_dev = removed };
        struct block_device *open_and_close(dev_t number, struct vm_area_struct *vma);
        struct block_device *open_and_close(dev_t number, struct vm_area_struct *vma)
        {
        	kml_bdev_handle handle = kml_bdev_open(number);
        	struct block_device *bdev = kml_bdev_of(handle);

        	kml_vm_flags_mod(vma, 1, 2);
        	kml_bdev_close(handle);
        	return bdev;
        }
        """;

    public static TheoryData<int, int> Supported()
    {
        TheoryData<int, int> versions = [];
        for (int minor = 1; minor <= 19; minor++)
            versions.Add(6, minor);
        for (int minor = 0; minor <= 2; minor++)
            versions.Add(7, minor);
        return versions;
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_kernel_from_the_oldest_to_the_newest_tested_has_its_form(int major, int minor) =>
        Should.NotThrow(() => Compile(major, minor, "-DCONFIG_X86_64=1"));

    [Theory]
    [InlineData(5, 15)]
    [InlineData(6, 0)]
    public void An_older_kernel_is_refused(int major, int minor) => Refusal(major, minor, "-DCONFIG_X86_64=1").ShouldContain("needs Linux 6.1 or newer");

    [Theory]
    [InlineData(7, 3)]
    [InlineData(8, 0)]
    public void A_kernel_newer_than_the_newest_tested_is_refused_with_the_way_to_override_it(int major, int minor)
    {
        string refusal = Refusal(major, minor, "-DCONFIG_X86_64=1");

        refusal.ShouldContain("tested up to Linux 7.2");
        refusal.ShouldContain("make KML_ANY_KERNEL=1");
        Should.NotThrow(() => Compile(major, minor, "-DCONFIG_X86_64=1", "-DKML_ANY_KERNEL"));
    }

    [Theory]
    [InlineData("-DCONFIG_ARM64=1")]
    [InlineData("-DCONFIG_X86_32=1")]
    [InlineData("-DCONFIG_RISCV=1")]
    public void Another_architecture_is_refused(string architecture) => Refusal(6, 12, architecture).ShouldContain("x86-64");

    [Fact]
    public void The_build_hands_the_override_on()
    {
        ModelSpec model = SourceModels.Named("QueueWait");

        Renderer.Render(KernelModule.Instance, model, null, "1.2.3").Single(f => f.Path == "Kbuild").Text()
            .ShouldContain("ccflags-$(if $(KML_ANY_KERNEL),y) += -DKML_ANY_KERNEL");
    }

    private static string Refusal(int major, int minor, string architecture) =>
        Should.Throw<InvalidOperationException>(() => Compile(major, minor, architecture)).Message;

    private static void Compile(int major, int minor, params string[] definitions)
    {
        using CCompiler compiler = new();
        compiler.AddModule(SourceModels.Named("QueueWait"), null, "kml_block_compat.h", "kml_compat.h", "kml_kernel.h");
        compiler.Add("linux/version.h", Version);
        compiler.Add("linux/blkdev.h", BlockDevice);
        compiler.Add("linux/file.h", "#pragma once\n");
        compiler.Add("linux/mm.h", Memory);
        compiler.Add("linux/device/class.h", Class);
        compiler.Add("use.c", Use);
        compiler.Run(
            "gcc",
            [.. CCompiler.Strict, .. definitions, $"-DLINUX_VERSION_CODE=(({major} << 16) + ({minor} << 8))", "-Wno-unused-parameter", "-I.", "-c", "use.c"]);
    }
}
